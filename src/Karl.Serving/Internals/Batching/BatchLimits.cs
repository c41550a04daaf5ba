namespace Karl.Serving.Internals.Batching;

/// <summary>How batches are formed.</summary>
/// <param name="MaximumBatch">Most works in one batch.</param>
/// <param name="Delay">How long the oldest work waits for others.</param>
/// <param name="MaximumWaiting">Most works that wait.</param>
internal sealed record BatchLimits(int MaximumBatch, TimeSpan Delay, int MaximumWaiting);
