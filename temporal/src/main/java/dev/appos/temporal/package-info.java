/// Runs the bodies of processes on Temporal, with the same words, steps, keys and tables as the platform's own engine.
///
/// Read [ProcessWorkflow] first: one workflow for all processes, whose code is the body. Then [WorkflowBody], which is
/// all that a body asks of the world, and [StepActivity], which does what must be recorded. [TemporalEngine] starts
/// instances and tells them that something has changed.
///
/// Stands on `process` and on nothing else, and is loaded only where the settings name it.
@NullMarked
package dev.appos.temporal;

import org.jspecify.annotations.NullMarked;
