"""Shape what the queries give for the templates: plain functions over plain values, no database."""
