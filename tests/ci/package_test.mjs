// The packages of this build: what is in them, and that the program from them runs. Nothing is installed.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { actionStep, githubShell, pipelineScript, templateScript } from './shell_parts.mjs'

const { BUILD, CMAKE, CPACK } = process.env
const folder = mkdtempSync(join(tmpdir(), 'streamgauge-package-'))
const root = join(folder, 'root') // where the .deb is unpacked
const program = join(root, 'usr/bin/streamgauge')
const samples = join(root, 'usr/share/streamgauge/scenarios')
const missing = command => spawnSync(command, ['--version']).error ? `${command} is not here` : false
let simulator

function output(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } })
  assert.equal(status, 0, `${command} ${args.join(' ')}: ${stdout}${stderr}`)
  return stdout
}

const made = ending => join(folder, readdirSync(folder).find(name => name.endsWith(ending)))
const field = name => output('dpkg-deb', '--field', made('.deb'), name).trim()

/** The files below a folder, by their paths from there. */
function files(top) {
  return output('find', top, '!', '-type', 'd', '-printf', '%P\\n').trimEnd().split('\n').sort()
}

/** Starts `streamgauge serve` of the package; gives its address when it listens. */
function serve() {
  simulator = spawn(program, ['serve', '--port', '0', '--ttft', '30ms', '--itl', '2ms', '--tokens', '20'])
  return new Promise((resolve, reject) => {
    let said = ''
    const listen = text => {
      said += text
      const [address] = said.match(/http:\/\/127\.0\.0\.1:\d+/) ?? []
      if (address) resolve(address)
    }
    simulator.stdout.on('data', listen)
    simulator.stderr.on('data', listen)
    simulator.on('exit', code => reject(new Error(`serve ended with ${code}: ${said}`)))
  })
}

before(() => {
  output(CPACK, '-G', 'DEB;TGZ', '--config', join(BUILD, 'CPackConfig.cmake'), '-B', folder)
  output('dpkg-deb', '--extract', made('.deb'), root)
})

after(() => {
  simulator?.kill()
  rmSync(folder, { recursive: true })
})

test('the .deb holds the program and what belongs to it, and nothing else', () => {
  const scenarios = files(samples)
  for (const name of ['minimal.yaml', 'prompts.jsonl', 'schema.json', 'README.md']) assert.ok(scenarios.includes(name), name)
  for (const name of scenarios) assert.match(name, /^[a-z-]+\.yaml$|^prompts\.jsonl$|^schema\.json$|^README\.md$/)
  assert.deepEqual(files(root).filter(path => !path.startsWith('usr/share/streamgauge/')), [
    'usr/bin/streamgauge',
    'usr/share/bash-completion/completions/streamgauge',
    'usr/share/doc/streamgauge/README.md',
    'usr/share/doc/streamgauge/changelog.gz',
    'usr/share/doc/streamgauge/copyright',
    'usr/share/doc/streamgauge/examples',
    'usr/share/fish/vendor_completions.d/streamgauge.fish',
    'usr/share/man/man1/streamgauge.1.gz',
    'usr/share/zsh/vendor-completions/_streamgauge',
  ])
  assert.equal(readlinkSync(join(root, 'usr/share/doc/streamgauge/examples')), '../../streamgauge/scenarios')
})

test('all belongs to root, and only the program runs', () => {
  for (const line of output('dpkg-deb', '--contents', made('.deb')).trimEnd().split('\n')) {
    const [mode, owner, , , , path] = line.split(/\s+/)
    assert.equal(owner, 'root/root', line)
    if (mode.startsWith('-')) assert.equal(mode, path === './usr/bin/streamgauge' ? '-rwxr-xr-x' : '-rw-r--r--', line)
    else assert.match(mode, /^(drwxr-xr-x|lrwxrwxrwx)$/, line)
  }
})

test('the tarball and cmake --install give the same files', () => {
  const expected = files(join(root, 'usr'))
  output('tar', '--extract', '--directory', folder, '--file', made('.tar.gz'))
  const unpacked = made('.tar.gz').slice(0, -'.tar.gz'.length)
  assert.deepEqual(files(unpacked), expected)
  assert.match(output(join(unpacked, 'bin/streamgauge'), '--version'), /^streamgauge /)
  const prefix = join(folder, 'prefix')
  output(CMAKE, '--install', BUILD, '--prefix', prefix, '--strip')
  assert.deepEqual(files(prefix), expected)
})

test('the fields of the .deb', () => {
  assert.equal(field('Package'), 'streamgauge')
  assert.equal(`streamgauge ${field('Version')}\n`, output(program, '--version'))
  assert.equal(field('Architecture'), output('dpkg', '--print-architecture').trim())
  assert.equal(field('Section'), 'net')
  assert.match(field('Maintainer'), /^streamgauge maintainers <\S+@\S+>$/)
  assert.match(field('Description'), /^\S.{10,60}\n .*TTFT, TPOT/s)
  assert.ok(Number(field('Installed-Size')) > statSync(program).size / 1024)
})

test('the .deb depends on the libraries that the program loads', () => {
  const depends = field('Depends')
  for (const name of ['libc6', 'libstdc++6', 'libssl3', 'libyaml-cpp', 'libboost-json', 'libboost-url', 'libbrotli1', 'libzstd1', 'zlib1g']) {
    assert.ok(depends.split(', ').some(one => one.startsWith(name)), `${name}: ${depends}`)
  }
  const loaded = output('ldd', program)
  assert.match(loaded, /libyaml-cpp\S* => \//)
  assert.doesNotMatch(loaded, /not found/)
})

test('the program is stripped, and names no folder it was built in', { skip: missing('readelf') }, () => {
  assert.doesNotMatch(output('readelf', '--section-headers', '--wide', program), /\.debug_|\.symtab/)
  assert.ok(!readFileSync(program).includes(BUILD))
})

const hardened = /^STREAMGAUGE_HARDEN:\w+=ON$/m.test(readFileSync(join(BUILD, 'CMakeCache.txt'), 'utf8'))

test('the program checks itself', { skip: missing('readelf') || (!hardened && 'this build has STREAMGAUGE_HARDEN off') }, () => {
  assert.match(output('readelf', '--file-header', program), /Type: +DYN \(Position-Independent/)
  assert.match(output('readelf', '--program-headers', '--wide', program), /GNU_RELRO/)
  assert.match(output('readelf', '--dynamic', '--wide', program), /BIND_NOW|FLAGS_1.*\bNOW\b/)
  const symbols = output('readelf', '--dyn-syms', '--wide', program)
  assert.match(symbols, /__stack_chk_fail/)
  assert.match(symbols, /__\w+_chk\b/)
})

test('what is packed is built to check itself, in every part', () => {
  const build = join(folder, 'configured')
  output(CMAKE, '--preset', 'package', '-S', fileURLToPath(new URL('../../', import.meta.url)), '-B', build)
  const commands = JSON.parse(readFileSync(join(build, 'compile_commands.json'), 'utf8'))
  assert.ok(commands.length > 100)
  for (const { command, file } of commands) {
    for (const flag of ['-O2', '-D_FORTIFY_SOURCE=2', '-fPIE', '-fstack-protector-strong']) assert.ok(command.split(' ').includes(flag), `${flag}: ${file}`)
  }
  const [, flags] = readFileSync(join(build, 'build.ninja'), 'utf8').match(/^build bench\/cli\/streamgauge:[^]*?^ +LINK_FLAGS = (.*)$/m)
  for (const flag of ['-Wl,-z,relro', '-Wl,-z,now', '-pie']) assert.ok(flags.split(' ').includes(flag), `${flag}: ${flags}`)
})

test('the samples are valid where they are installed, and name the schema beside them', () => {
  for (const name of files(samples).filter(name => name.endsWith('.yaml'))) {
    output(program, 'check', join(samples, name))
    const [, schema] = readFileSync(join(samples, name), 'utf8').match(/^# yaml-language-server: \$schema=(\S+)$/m)
    assert.equal(readFileSync(join(samples, schema), 'utf8'), output(program, 'schema'))
  }
})

test('the manual page renders without a warning', { skip: missing('man') }, () => {
  const page = join(root, 'usr/share/man/man1/streamgauge.1.gz')
  const { status, stdout, stderr } = spawnSync('man', ['--warnings', '--local-file', page],
    { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8', MANWIDTH: '80', MANROFFOPT: '', MANPAGER: 'cat' } })
  assert.equal(stderr, '')
  assert.equal(status, 0)
  assert.match(stdout, /STREAMGAUGE\(1\)/)
  for (const command of ['run', 'probe', 'serve']) assert.match(stdout, new RegExp(`^ +${command}$`, 'm'))
})

test('bash completes from the installed file', () => {
  const file = join(root, 'usr/share/bash-completion/completions/streamgauge')
  const complete = `source ${file}; COMP_WORDS=(streamgauge sc); COMP_CWORD=1; _streamgauge; echo "\${COMPREPLY[*]}"`
  assert.equal(output('bash', '-uc', complete), 'schema\n')
})

for (const [shell, file] of [['zsh', 'zsh/vendor-completions/_streamgauge'], ['fish', 'fish/vendor_completions.d/streamgauge.fish']]) {
  test(`${shell} reads the installed file`, { skip: missing(shell) }, () => {
    output(shell, '-n', join(root, 'usr/share', file))
  })
}

test('the licence of what is inside goes along', () => {
  assert.match(readFileSync(join(root, 'usr/share/doc/streamgauge/copyright'), 'utf8'), /contains uPlot:\n\n.*MIT License[^]*Leon Sorokin[^]*shall be included in\nall copies/)
})

/** Runs a script of what users copy into their CI, in a folder of its own with a scenario. `written`: what it promises. */
function ci(name, shell, script, written, variables) {
  const cwd = join(folder, name)
  mkdirSync(join(cwd, 'ci'), { recursive: true })
  const scenario = readFileSync(join(samples, 'minimal.yaml'), 'utf8').replace('for: 10s', 'for: 2s')
  writeFileSync(join(cwd, 'ci/chat.yaml'), scenario)
  const env = { PATH: `${join(root, 'usr/bin')}:${process.env.PATH}`, HOME: cwd, ...variables }
  const child = spawn(shell[0], [...shell.slice(1), '-c', script], { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', text => { said += text })
  return new Promise(resolve => child.on('close', status => resolve({ name, status, out: join(cwd, 'out'), said, written })))
}

test('the installed program runs by the scripts that users copy, and writes the files that they name', async () => {
  const STREAMGAUGE_URL = await serve()
  const runs = await Promise.all([
    ci('github', githubShell, actionStep('run'), ['junit.xml', 'summary.md', 'benchmark.json'], { STREAMGAUGE_URL, OUT: 'out',
      PROGRAM: 'streamgauge', SCENARIO: 'ci/chat.yaml', CHANGES: 'load.steady.users=10\n',
      EXPORT: 'junit,markdown,benchmark-json', GITHUB_OUTPUT: join(folder, 'github-output') }),
    ci('gitlab', ['sh'], templateScript(), ['junit.xml', 'metrics.txt', 'summary.md'],
      { STREAMGAUGE_URL, STREAMGAUGE_SCENARIO: 'ci/chat.yaml', STREAMGAUGE_OUT: 'out' }),
    ci('jenkins', ['sh', '-xe'], pipelineScript(), ['junit.xml', 'summary.md'], { STREAMGAUGE_URL, STREAMGAUGE_OUT: 'out' }),
  ])
  for (const { name, status, out, said, written } of runs) {
    // 3: a machine that is busy with other tests may not keep up, which is said and is no matter of packing.
    assert.ok([0, 3].includes(status), `${name}: ${status} ${said}`)
    for (const file of [...written, 'report.html', 'summary.json']) assert.ok(existsSync(join(out, file)), `${name}: ${file}`)
    assert.match(readFileSync(join(out, 'requests.jsonl'), 'utf8'), /"outcome":"completed"/)
  }
  assert.equal(readFileSync(join(folder, 'github-output'), 'utf8'), `status=${runs[0].status}\n`)
})
