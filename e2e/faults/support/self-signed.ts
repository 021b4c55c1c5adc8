import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const OPENSSL = { stdio: 'pipe' } as const;

/** Whether this machine can make certificates; tests that need one say so where it cannot. */
export function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], OPENSSL);
    return true;
  } catch {
    return false;
  }
}

/** A certificate of 127.0.0.1 that nobody vouches for but its own file; `days` of its life are left, none when negative. */
export function selfSigned(days: number): { key: string; cert: string; certFile: string } {
  const folder = mkdtempSync(join(tmpdir(), 'pandastack-cert-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [keyFile, requestFile, certFile] = ['key.pem', 'request.pem', 'cert.pem'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const openssl = (command: string) => execFileSync('openssl', command.split(' '), OPENSSL);
  openssl(`ecparam -name prime256v1 -genkey -noout -out ${keyFile}`);
  openssl(`req -new -key ${keyFile} -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -out ${requestFile}`);
  openssl(`x509 -req -in ${requestFile} -signkey ${keyFile} -days ${days} -copy_extensions copy -out ${certFile}`);
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8'), certFile };
}
