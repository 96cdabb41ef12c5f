"""Where things are: provinces to kecamatan of all Indonesia, the desa of the region, and the region pack."""
