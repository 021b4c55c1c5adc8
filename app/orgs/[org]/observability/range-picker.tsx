import { ButtonLink } from '@/app/_ui/button-link';
import { RangeLinks } from '@/app/_ui/range-links';
import * as words from '@/messages/observability';
import { type Choice, choiceSearch, PRESETS, type PresetName } from './range';

interface RangePickerProps {
  path: string;
  choice: Choice;
  /** Whether the page can draw the period before. */
  comparable?: boolean;
}

/** The ranges of a page of charts, and what is drawn behind them. */
export function RangePicker({ path, choice, comparable = true }: RangePickerProps) {
  const presets = Object.entries(PRESETS).map(([name, { label }]) => ({
    ...{ name, label },
    href: path + choiceSearch({ ...choice, preset: name as PresetName }),
    current: choice.preset === name,
  }));
  return (
    <RangeLinks path={path} presets={presets} from={choice.from} to={choice.to} hidden={choice.compare ? { compare: '1' } : {}}>
      {comparable && (
        <ButtonLink
          variant={choice.compare ? 'secondary' : 'ghost'}
          href={path + choiceSearch({ ...choice, compare: !choice.compare })}
        >
          {choice.compare ? words.hideCompared : words.compare}
        </ButtonLink>
      )}
    </RangeLinks>
  );
}
