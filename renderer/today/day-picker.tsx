import { addDays, formatDate } from '../format.ts';
import { useTill } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { showDay } from '../view.ts';

/** Which trading day is on the list: a day back, a day on, any day, and the way back to today. */
export function DayPicker({ date }: { date: string }) {
  const today = useTill((snapshot) => snapshot.day.date);
  const isToday = date === today;
  // The year where it is another one.
  const words = formatDate(date, date.slice(0, 4) === today.slice(0, 4) ? 'short' : 'long');
  const show = (next: string) => {
    if (/^\d{4}-\d{2}-\d{2}$/.test(next) && next <= today) showDay(next === today ? null : next);
  };
  return (
    <div className="day-picker">
      <Button kind="quiet" size="small" aria-label="The day before" onPress={() => show(addDays(date, -1))}>
        ‹
      </Button>
      <label className="day-picker-day">
        <span className="day-picker-word">{isToday ? `Today, ${words}` : words}</span>
        <input
          className="day-picker-input"
          type="date"
          aria-label="Day shown"
          value={date}
          max={today}
          onChange={(event) => show(event.target.value)}
          onClick={(event) => event.currentTarget.showPicker()}
        />
      </label>
      <Button kind="quiet" size="small" aria-label="The day after" isDisabled={isToday} onPress={() => show(addDays(date, 1))}>
        ›
      </Button>
      {isToday ? null : (
        <Button kind="quiet" size="small" onPress={() => showDay(null)}>
          Back to today
        </Button>
      )}
    </div>
  );
}
