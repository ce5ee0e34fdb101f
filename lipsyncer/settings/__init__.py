"""What a user may choose: for one job, for matching, for exports, and once for all projects."""
