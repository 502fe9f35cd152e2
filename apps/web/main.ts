import 'reflect-metadata'
import { loadConfig } from '#platform'
import { prepare } from '../prepare.js'
import { run } from '../run.js'
import { createApp } from './create-app.js'

await run(async () => {
  const config = loadConfig(process.env)
  if (process.env.SAMEN_PREPARE === '1') await prepare(config)
  const app = await createApp(config)
  await app.listen(config.port, config.host)
  const { port } = app.getHttpServer().address() as { port: number }
  const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host
  console.log(`Samen draait op ${process.env.BASE_URL ? config.baseUrl : `http://${host}:${port}`}`)
  return () => app.close()
})
