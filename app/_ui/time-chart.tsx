'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from './skeleton';
import type { TimePlotProps } from './time-plot';

export type { ChartRow, ChartSeries } from './time-plot';

/** Every chart has this height, loaded or not. */
const HEIGHT = 'h-52';

// The chart library is as large as the rest of a page: it comes after it.
const Plot = dynamic(() => import('./time-plot').then(({ TimePlot }) => TimePlot), {
  ssr: false,
  loading: () => <Skeleton className={HEIGHT} />,
});

/** Series over time: hover or arrow keys read a moment out. What it shows must also stand in a table. */
export function TimeChart(props: TimePlotProps) {
  return (
    <div className={HEIGHT}>
      <Plot {...props} />
    </div>
  );
}
