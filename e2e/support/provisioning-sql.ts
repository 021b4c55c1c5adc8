/** The statements of PandaStack's documentation, word for word; an operator runs them one by one. */
export const PROVISIONING = [
  `INSERT INTO orgs (slug, name, owner_user_id)
VALUES ('default', 'Default', 'SUPABASE_USER_ID')
ON CONFLICT (slug) DO UPDATE SET owner_user_id = EXCLUDED.owner_user_id
RETURNING id;`,
  `INSERT INTO org_members (org_id, user_id, email, role)
SELECT id, 'SUPABASE_USER_ID', '[email protected]', 'owner'
FROM orgs
WHERE slug = 'default'
ON CONFLICT (org_id, user_id) DO UPDATE SET role = 'owner', email = EXCLUDED.email;`,
  `INSERT INTO user_current_org (user_id, org_id)
SELECT 'SUPABASE_USER_ID', id
FROM orgs
WHERE slug = 'default'
ON CONFLICT (user_id) DO UPDATE SET org_id = EXCLUDED.org_id, updated_at = now();`,
];
