// The shell scripts inside what users copy into their own CI, and a way to run them.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const read = path => readFileSync(fileURLToPath(new URL(`../../ci/${path}`, import.meta.url)), 'utf8')

export const action = read('github/action.yml')
export const template = read('gitlab/streamgauge.yml')
export const pipeline = read('jenkins/Jenkinsfile')

/** What the step of this id does: the lines below its `run: |`, up to the next step. */
export function actionStep(id) {
  const step = action.slice(action.indexOf(`    - id: ${id}\n`)).split('\n')
  const begin = step.indexOf('      run: |') + 1
  const end = step.findIndex((line, at) => at >= begin && line !== '' && !line.startsWith(' '.repeat(8)))
  return step.slice(begin, end < 0 ? undefined : end).map(line => line.slice(8)).join('\n')
}

/** The job's commands, as a runner gives them to a shell: one after the other, until one fails. */
export function templateScript() {
  const [, commands] = template.match(/^ {2}script:\n((?: {4}- .*\n)+)/m)
  return ['set -e', ...commands.trimEnd().split('\n').map(line => line.slice(6))].join('\n')
}

export const pipelineScript = () => pipeline.match(/script: '([^']*)'\)/)[1]

/** Texts that do harm where a shell reads them as part of a script: each would touch the file `trap`. */
export const hostileTexts = trap => [
  `; touch ${trap}`, `$(touch ${trap})`, `\`touch ${trap}\``, `"; touch ${trap}; "`, `'; touch ${trap}; '`,
  `x\ntouch ${trap}\n`, `x && touch ${trap}`, `| touch ${trap}`, `x > ${trap}`, '* ? ~ ${HOME} $PATH', ' two  words ', '\\',
]

/** A folder with programs that only write down how they were called, and a shell that finds them first. */
export class FakePrograms {
  folder = mkdtempSync(join(tmpdir(), 'streamgauge-ci-'))
  trap = join(this.folder, 'trap')

  add(name, more = '') {
    const path = join(this.folder, 'bin', name)
    mkdirSync(join(this.folder, 'bin'), { recursive: true })
    writeFileSync(path, `#!/bin/bash\nprintf '%s\\0' "$@" >${this.folder}/${name}.called\n${more}\nexit "\${STATUS:-0}"\n`)
    chmodSync(path, 0o755)
    return path
  }

  /** The arguments of the last call of a program, or nothing. */
  called(name) {
    const path = join(this.folder, `${name}.called`)
    return existsSync(path) ? readFileSync(path, 'utf8').split('\0').slice(0, -1) : undefined
  }

  run(shell, script, variables = {}) {
    const env = { PATH: `${join(this.folder, 'bin')}:${process.env.PATH}`, HOME: this.folder, ...variables }
    const { status, stdout, stderr } = spawnSync(shell[0], [...shell.slice(1), '-c', script],
      { env, cwd: this.folder, encoding: 'utf8' })
    return { status, stdout, stderr }
  }

  remove() {
    rmSync(this.folder, { recursive: true })
  }
}

/** The shell of a GitHub runner for `shell: bash`. */
export const githubShell = ['bash', '--noprofile', '--norc', '-e', '-o', 'pipefail']
