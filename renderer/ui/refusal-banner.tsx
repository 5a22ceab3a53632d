import type { TillError } from '../../preload/contract.ts';
import { Banner } from './banner.tsx';
import { NextStep } from './next-step.tsx';
import { RawAnswer } from './raw-answer.tsx';

type RefusalBannerProps = Readonly<{
  title: string;
  error: TillError;
  /** Said before the message: which of several it is about. */
  about?: string | undefined;
}>;

/** What main refused or could not do: what happened, what to do now, and Dojo's answer behind one press. */
export function RefusalBanner({ title, error, about }: RefusalBannerProps) {
  return (
    <Banner
      tone="amber"
      title={title}
      isUrgent
      below={
        <>
          <NextStep next={error.next} />
          <RawAnswer raw={error.raw} traceId={error.traceId} about={about ?? title} />
        </>
      }
    >
      {about ? `${about}: ` : ''}
      {error.message}
    </Banner>
  );
}
