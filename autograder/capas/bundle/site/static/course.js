// On the list of stages: how far one is in each, as the stages' own pages keep it.
