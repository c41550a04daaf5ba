using System.Globalization;

namespace Karl.Benchmarks.Serving;

/// <summary>What is asked of a server.</summary>
/// <param name="Clients">Clients at the same time.</param>
/// <param name="Rounds">Turns of each side.</param>
/// <param name="Turn">How long a turn takes.</param>
/// <param name="BatchSize">Most images in one run, for the server.</param>
/// <param name="Threads">Threads of one run, for both.</param>
internal sealed record ServingLoad(int Clients, int Rounds, TimeSpan Turn, int BatchSize, int Threads)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Clients} clients in the server's own process over loopback, JPEG files of 500 x 375, {Rounds} turns of {Turn.TotalSeconds} s each after one that does not count, {Threads} threads for both; the server's batches of up to {BatchSize}, the library's defaults for bulk work");
}

/// <summary>What one turn of each gave.</summary>
/// <param name="Bulk">Images a second of bulk work.</param>
/// <param name="Served">Images a second of the server.</param>
/// <param name="BulkProcessor">Milliseconds of processor time that an image took in bulk work, waiting threads that spin included.</param>
/// <param name="ServedProcessor">The same of the server, its clients included.</param>
/// <param name="Requests">Requests to the server.</param>
/// <param name="Errors">Those that were not answered well.</param>
/// <param name="BatchSize">Images in a run of the server's model, on average.</param>
/// <param name="ManagedMebibytes">Managed memory after a full collection.</param>
/// <param name="ProcessMebibytes">The process' memory.</param>
internal sealed record ServingRound(double Bulk, double Served, double BulkProcessor, double ServedProcessor, long Requests, long Errors, double BatchSize, double ManagedMebibytes, double ProcessMebibytes)
{
    /// <summary>The server's throughput as a share of bulk work's.</summary>
    public double Ratio => Served / Bulk;
}
