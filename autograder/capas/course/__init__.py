"""The teacher's files: course, stages, solutions, handouts, figures."""
