"""What delivery costs and who takes what: couriers, zones down to kecamatan, chargeable weight, rates."""
