const SYSTEMS = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'openbsd',
  'netbsd',
  'openharmony',
  'sunos',
  'aix',
  'win32',
]
const PROCESSORS = [
  'arm64',
  'arm',
  'x64',
  'ia32',
  'ppc64',
  'riscv64',
  's390x',
  'loong64',
  'mips64el',
  'wasm32',
]

/**
 * The entries that a package-lock.json lacks: optional dependencies that some package names and that have no
 * entry. Their platform is read from their name ("cli-linux-x64-musl"), as npm would read it from the package.
 */
export function missingFromLock(lock) {
  const missing = {}
  for (const [path, entry] of Object.entries(lock.packages))
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const place = `node_modules/${name}`
      if (lock.packages[place] || lock.packages[`${path}/${place}`]) continue
      missing[place] = {
        version: version.replace(/^[\^~=v]+/, ''),
        ...platformOf(name),
        ...(entry.dev ? { dev: true } : {}),
        ...(entry.license ? { license: entry.license } : {}),
        optional: true,
      }
    }
  return missing
}

/** The 1-based number of the first line that names a registry's address, or null. */
export function lineWithRegistry(text) {
  const line = text
    .split('\n')
    .findIndex((text) => /"resolved":\s*"https?:|^\s*(@[^:]+:)?registry\s*=/.test(text))
  return line < 0 ? null : line + 1
}

function platformOf(name) {
  const words = name.replace(/^@[^/]+\//, '').split('-')
  const os = SYSTEMS.filter((system) => words.includes(system))
  const cpu = PROCESSORS.filter((processor) => words.includes(processor)).slice(0, 1)
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu')) && os[0] === 'linux'
      ? ['glibc']
      : []
  return Object.fromEntries(Object.entries({ os, cpu, libc }).filter(([, values]) => values.length > 0))
}
