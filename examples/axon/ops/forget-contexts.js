// Deletes contexts that are older than MAX_AGE_DAYS and were used fewer than MIN_USES times.
const cutoff = new Date(Date.now() - Number(process.env.MAX_AGE_DAYS) * 24 * 60 * 60 * 1000);
const result = db.contexts.deleteMany({
  createdAt: { $lt: cutoff },
  usageCount: { $lt: Number(process.env.MIN_USES) },
});
print(`${result.deletedCount} contexts deleted`);
