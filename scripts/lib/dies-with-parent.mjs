// Loaded into each app that `npm start` runs. When the starter is killed, the channel to it closes: end at once,
// as the kill would have done, so that the port is free for the next start. The database keeps what was committed.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
process.channel?.unref()
