INSERT INTO plants (name) VALUES ('rose');
