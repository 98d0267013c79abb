-- Administrators apart from clerks (domain, section 1). Whoever kept accounts until now keeps them:
-- the people of bodies and schools become administrators besides. Others' accounts stay as they are;
-- a body's administrator names theirs. Roles are words with a blank between, in order.
UPDATE staff_account SET roles = 'body-admin ' || roles
    WHERE roles = 'body-staff' OR roles LIKE 'body-staff %' OR roles LIKE '% body-staff' OR roles LIKE '% body-staff %';
UPDATE staff_account SET roles = 'school-admin ' || roles
    WHERE roles = 'school-clerk' OR roles LIKE 'school-clerk %' OR roles LIKE '% school-clerk' OR roles LIKE '% school-clerk %';
