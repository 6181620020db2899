import { jobMistakes } from './job-mistakes';
import type { Mistake } from './mistake';
import { nameMistakes } from './name-mistakes';
import { podMistakes } from './pod-mistakes';
import { scheduleMistakes } from './schedule-mistakes';

/** All of them, by number; one is none, and shows that what is right is taken. */
export const allMistakes: readonly Mistake[] = [...jobMistakes, ...nameMistakes, ...scheduleMistakes, ...podMistakes];
