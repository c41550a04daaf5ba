namespace Karl.Serving.Internals.Batching;

/// <summary>Too many works wait already.</summary>
internal sealed class QueueFullException(int waiting) : Exception($"{waiting} works wait already.");
