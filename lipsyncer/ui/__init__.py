"""The window: one of the two faces over the jobs, and the only place that knows Qt."""
