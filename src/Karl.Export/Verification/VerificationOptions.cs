namespace Karl.Export.Verification;

/// <summary>How a verification is run.</summary>
public sealed record VerificationOptions
{
    /// <summary>Threads that compute one run; null is ONNX Runtime's choice, one per physical core.</summary>
    public int? Threads { get; init; }

    /// <summary>Hears what is being done, about once a second at full size.</summary>
    public IProgress<VerificationProgress>? Progress { get; init; }
}

/// <summary>How far a verification is.</summary>
/// <param name="Done">Runs of a graph that are done.</param>
/// <param name="Total">Runs altogether.</param>
/// <param name="Doing">What is being run, such as <c>decoder: img0.b32.q0.05</c>.</param>
public sealed record VerificationProgress(int Done, int Total, string Doing);
