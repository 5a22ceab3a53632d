/** How long what has just come under a finger ignores it: longer than a double click or a bouncing finger, shorter than a look. */
export const ARMED_AFTER_MS = 400;
