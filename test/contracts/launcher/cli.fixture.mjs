// Stands in for the command line: `demo` asks the database, `compute` answers without one.
const [command] = process.argv.slice(2)
if (command === 'demo') {
  const { default: pg } = await import('pg')
  const client = new pg.Client(process.env.DATABASE_URL)
  await client.connect()
  const { rows } = await client.query('select count(*)::int as visits from visit')
  console.log(JSON.stringify({ ...rows[0], port: process.env.PORT }))
  await client.end()
} else {
  console.log(JSON.stringify({ command, database: process.env.DATABASE_URL ?? null }))
  process.exitCode = 2
}
