// Stands in for the web process: migrates, counts the visits in the database, ends on SIGTERM.
import { createServer } from 'node:http'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
pool.on('error', () => {})
await pool.query('create table if not exists visit (at timestamptz default now())')
const server = createServer(async (request, response) => {
  if (request.url === '/einde') process.exit(7)
  if (request.url !== '/gezond') await pool.query('insert into visit default values')
  const { rows } = await pool.query('select count(*)::int as visits from visit')
  const { SAMEN_DEMO, SAMEN_PREPARE } = process.env
  response.end(JSON.stringify({ ...rows[0], SAMEN_DEMO, SAMEN_PREPARE }))
})
const port = Number(process.env.PORT)
server.listen(port, '127.0.0.1', () => console.log(`Samen draait op http://127.0.0.1:${port}`))
process.on('SIGTERM', () => process.exit(0))
