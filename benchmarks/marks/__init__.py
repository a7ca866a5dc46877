"""What the detectors find, stratum by stratum, beside the named baselines; real and drawn pages apart."""
