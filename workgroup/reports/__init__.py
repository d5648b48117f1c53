"""Reports of support visits: drafted from notes under the school's aspects, sent to the school, acknowledged."""
