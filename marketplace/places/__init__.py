"""Where things are: provinces to kecamatan of all Indonesia, desa of the region, the region pack, exchange rates."""
