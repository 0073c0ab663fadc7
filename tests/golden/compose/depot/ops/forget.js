db.seen.deleteMany({ uses: { $lt: Number(process.env.MIN_USES) } });
