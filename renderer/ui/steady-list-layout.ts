import { ListLayout, type ListLayoutOptions } from 'react-aria-components';

/**
 * A list whose rows keep the heights that were measured while only its own height changes. Without it the rows out of sight would be as
 * high as guessed again, and a message that takes room from a list that is scrolled to its end would move what is in sight.
 */
export class SteadyListLayout<Item extends object> extends ListLayout<Item> {
  #widthPx = 0;

  protected override shouldInvalidateEverything(context: Parameters<ListLayout<Item, ListLayoutOptions>['update']>[0]): boolean {
    const { width } = this.virtualizer?.visibleRect ?? { width: 0 };
    const isAsWide = width === this.#widthPx;
    this.#widthPx = width;
    return super.shouldInvalidateEverything(isAsWide ? { ...context, sizeChanged: false } : context);
  }
}
