import type { Act } from '../../e2e/tour/acts';

const STYLE = `body{font:14px/1.4 system-ui;margin:24px;background:#f4f4f4;color:#222}h2{margin:32px 0 8px}figure{margin:0 0 24px}
figcaption{font-family:monospace;margin-bottom:6px}figure div{display:flex;gap:12px;align-items:flex-start}img{border:1px solid #ccc;width:100%;height:auto}
a{flex:3}a.phone{flex:1}`;

/** A page that shows all pictures of a folder, act by act. */
export function contactSheet(acts: readonly Act[], looks: readonly string[]): string {
  const sections = acts.map(({ name, scenes }) => {
    const figures = scenes.map((scene) => {
      const shown = scene.phone ? ['phone'] : looks;
      const pictures = shown.map((look) => picture(`${scene.name}-${look}.png`, look)).join('');
      return `<figure id="${scene.name}"><figcaption>${scene.name}</figcaption><div>${pictures}</div></figure>`;
    });
    return `<h2>${name}</h2>${figures.join('\n')}`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Screenshots</title><style>${STYLE}</style><h1>Screenshots</h1>${sections.join('\n')}`;
}

function picture(file: string, look: string): string {
  return `<a class="${look}" href="${file}"><img src="${file}" alt="${file}" loading="lazy"></a>`;
}
