using System.Globalization;
using System.Net;

namespace Karl.Serving;

/// <summary>Where a server listens, and what requests may ask of it. The defaults suit one person's machine.</summary>
public sealed record ServingOptions
{
    /// <summary>Where it listens: this machine alone, unless another address is given. There is no encryption and no password: put a proxy before it for more than a trusted network.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port; 0 is any free one.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Names by which requests may call this server beside <c>localhost</c> and addresses in numbers. Other names are refused, so that no web page can reach it by a name of its own.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>Bytes of one upload; 32 MiB by default.</summary>
    public long MaximumUploadBytes { get; init; } = 32L << 20;

    /// <summary>Bytes of all uploads that are held at the same time; 256 MiB by default. Beyond it, requests are told to come back.</summary>
    public long MaximumHeldBytes { get; init; } = 256L << 20;

    /// <summary>Width times height of one image; 50 million by default. Decoding takes 3 to 15 bytes a pixel, for as many images at a time as there are processors.</summary>
    public long MaximumPixels { get; init; } = 50_000_000;

    /// <summary>Images that may wait for the model; 256 by default. Beyond it, requests are told to come back.</summary>
    public int MaximumWaiting { get; init; } = 256;

    /// <summary>Most images in one run of the model. Raise it for throughput, lower it for a shorter wait where many come at once.</summary>
    public int MaximumBatch { get; init; } = 16;

    /// <summary>How long the first image of a batch may wait for others; 2 ms by default. No image waits where a whole batch is there, or where the model was busy for so long.</summary>
    public TimeSpan BatchDelay { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>How long a request may take, from its first byte to its answer; 30 s by default. Raise it for large models.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How slow a client may be, in bytes a second, after <see cref="SlowGrace"/>; 1024 by default.</summary>
    public int MinimumBytesPerSecond { get; init; } = 1024;

    /// <summary>How long a client may be slower than that; 5 s by default, more than 1.</summary>
    public TimeSpan SlowGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long requests under way may take when the server stops; 10 s by default.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What of it cannot be, a sentence for each thing; empty where all can.</summary>
    public IReadOnlyList<string> Problems
    {
        get
        {
            List<string> problems = [];
            Require(Port is >= 0 and <= 65535, $"Port is {Port}; 0 to 65535 was expected.");
            Require(MaximumUploadBytes is >= 1024 and <= 1L << 30, $"MaximumUploadBytes is {MaximumUploadBytes}; 1024 to {1L << 30} was expected.");
            Require(MaximumHeldBytes >= MaximumUploadBytes, $"MaximumHeldBytes is {MaximumHeldBytes}; at least MaximumUploadBytes, {MaximumUploadBytes}, was expected.");
            Require(MaximumPixels >= 1, $"MaximumPixels is {MaximumPixels}; at least 1 was expected.");
            Require(MaximumWaiting is >= 1 and <= 65536, $"MaximumWaiting is {MaximumWaiting}; 1 to 65536 was expected.");
            Require(MaximumBatch is >= 1 and <= 4096, $"MaximumBatch is {MaximumBatch}; 1 to 4096 was expected.");
            Require(BatchDelay >= TimeSpan.Zero && BatchDelay <= TimeSpan.FromSeconds(10), $"BatchDelay is {BatchDelay}; 0 to 10 seconds was expected.");
            Require(RequestTimeout > TimeSpan.Zero && RequestTimeout <= TimeSpan.FromDays(1), $"RequestTimeout is {RequestTimeout}; more than 0, at most a day was expected.");
            Require(MinimumBytesPerSecond >= 1, $"MinimumBytesPerSecond is {MinimumBytesPerSecond}; at least 1 was expected.");
            Require(SlowGrace > TimeSpan.FromSeconds(1), $"SlowGrace is {SlowGrace}; more than a second was expected.");
            Require(DrainTimeout >= TimeSpan.Zero && DrainTimeout <= TimeSpan.FromHours(1), $"DrainTimeout is {DrainTimeout}; 0 to an hour was expected.");
            Require(HostNames.All(name => Uri.CheckHostName(name) != UriHostNameType.Unknown), $"HostNames are {string.Join(", ", HostNames)}; names of hosts, without a port, were expected.");
            return problems;

            void Require(bool holds, FormattableString sentence)
            {
                if (!holds)
                {
                    problems.Add(sentence.ToString(CultureInfo.InvariantCulture));
                }
            }
        }
    }

    internal void Validate()
    {
        if (Problems is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(" ", problems));
        }
    }
}
