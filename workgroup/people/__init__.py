"""People, hub roles, invitations, signing in and out, and the mail they are sent."""
