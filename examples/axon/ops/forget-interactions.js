// Deletes interactions that are older than MAX_AGE_DAYS.
const cutoff = new Date(Date.now() - Number(process.env.MAX_AGE_DAYS) * 24 * 60 * 60 * 1000);
const result = db.interactions.deleteMany({ timestamp: { $lt: cutoff } });
print(`${result.deletedCount} interactions deleted`);
