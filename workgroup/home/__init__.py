"""Pages that look across features: Today, the Work Group, the school. Queries of others and views only."""
