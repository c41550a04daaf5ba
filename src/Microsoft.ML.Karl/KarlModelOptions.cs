using Karl.Tokenizers.Sessions;

namespace Microsoft.ML.Karl;

/// <summary>Which model a stage of a pipeline uses, and how it is run.</summary>
public abstract record KarlModelOptions
{
    private protected KarlModelOptions()
    {
    }

    /// <summary>
    /// Path of the model bundle, <c>name.karl</c>, or name of one that comes with the library (<see cref="global::Karl.Tokenizers.IncludedModel.All"/>); null is the default one. The file need not
    /// stay: a saved pipeline holds all of it.
    /// </summary>
    public string? Model { get; init; }

    /// <summary>Most rows in one run of the model; twice as many are read ahead. Raise it on a GPU; memory grows with it.</summary>
    public int BatchSize { get; init; } = 4;

    /// <summary>Where the model runs; null is the GPU of <see cref="MLContext.GpuDeviceId"/>, or the processor where none is set.</summary>
    /// <remarks>Whether the processor may take over where the GPU cannot be used is <see cref="MLContext.FallbackToCpu"/>.</remarks>
    public TokenizerDevice? Device { get; init; }

    /// <summary>Threads that compute one run; null is ONNX Runtime's choice, one per physical core.</summary>
    public int? Threads { get; init; }

    /// <summary>Receives warnings, one line each, for instance that the processor took over.</summary>
    public Action<string>? Warn { get; init; }

    internal virtual IEnumerable<string> Problems()
    {
        if (Model is not null && string.IsNullOrWhiteSpace(Model))
        {
            yield return "Model is empty; the path of a model bundle (.karl), or null for the one that comes with the library, was expected.";
        }

        if (BatchSize is < 1 or > 4096)
        {
            yield return $"BatchSize is {BatchSize}; 1 to 4096 was expected.";
        }

        if (Threads is < 1 or > 1024)
        {
            yield return $"Threads is {Threads}; 1 to 1024, or null, was expected.";
        }
    }

    internal void ThrowIfWrong(string member, IEnumerable<string> more)
    {
        string[] problems = [.. Problems(), .. more];
        if (problems.Length > 0)
        {
            throw new ArgumentException($"{member}: {string.Join(" ", problems)}");
        }
    }
}
