/**
 * Loaded before the built product: ends the process with SIGKILL during one request, at the moment at which one of its
 * SQL statements has been carried out and the process has not heard of it yet. SAMEN_DIES says where, as JSON:
 * `{"request": "POST /pad", "after": 12}` the twelfth statement, or `{"request": "POST /pad", "after": "COMMIT"}` the
 * first that begins so.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import http from 'node:http'
import pg from 'pg'

const { request, after } = JSON.parse(process.env.SAMEN_DIES ?? '{}')
const during = new AsyncLocalStorage()

const { emit } = http.Server.prototype
http.Server.prototype.emit = function (event, ...args) {
  const asked = event === 'request' && `${args[0].method} ${args[0].url}`
  if (asked !== request) return emit.call(this, event, ...args)
  return during.run({ statements: 0 }, () => emit.call(this, event, ...args))
}

const { query } = pg.Client.prototype
pg.Client.prototype.query = function (...args) {
  const text = typeof args[0] === 'string' ? args[0] : (args[0]?.text ?? '')
  if (!isLast(text)) return query.apply(this, args)
  const die = () => process.kill(process.pid, 'SIGKILL')
  const heard = args.findIndex((one) => typeof one === 'function')
  if (heard >= 0) return query.apply(this, args.toSpliced(heard, 1, die))
  return query.apply(this, args).then(die, die)
}

function isLast(text) {
  const counted = during.getStore()
  if (!counted) return false
  counted.statements++
  return typeof after === 'number' ? counted.statements === after : text.startsWith(after)
}
