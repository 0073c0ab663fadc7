// What retrieval asks for: contexts of a workspace by tier, and by age.
db.contexts.createIndex({ workspaceId: 1, tier: 1 });
db.contexts.createIndex({ createdAt: -1 });
