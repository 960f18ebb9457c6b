// The scale of the floor plan.

/** Pixels of the drawing for one metre of floor. */
export const PX = 78
