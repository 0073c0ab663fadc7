// Executions that stand twice for one task: the first stays.
db.executions
  .aggregate([
    { $group: { _id: "$taskId", count: { $sum: 1 }, ids: { $push: "$_id" } } },
    { $match: { count: { $gt: 1 } } },
  ])
  .forEach((task) => {
    const result = db.executions.deleteMany({ _id: { $in: task.ids.slice(1) } });
    print(`${task._id}: ${result.deletedCount} removed`);
  });
