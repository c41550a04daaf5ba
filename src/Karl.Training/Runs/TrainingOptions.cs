using Karl.Tokenizers.Sessions;

namespace Karl.Training.Runs;

/// <summary>A training run: what is trained, on what, and where everything goes.</summary>
public sealed record TrainingOptions
{
    /// <summary>Network and phases.</summary>
    public required TrainingPreset Preset { get; init; }

    /// <summary>Files, folders and patterns of images to train on.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>The run's folder: states, losses, pictures and the model.</summary>
    public required string Output { get; init; }

    /// <summary>Goes on with the run in <see cref="Output"/>, or begins it where there is none.</summary>
    public bool Resume { get; init; }

    /// <summary>
    /// Where the base tokenizer comes from: the folder of another run, its <c>base.state.safetensors</c> or its <c>checkpoint.safetensors</c>; null trains one. That run's preset must
    /// have the same base, and may be of another family.
    /// </summary>
    public string? Base { get; init; }

    /// <summary>
    /// An ONNX file with a network that says how different two images look, such as <c>karl export</c> makes of LPIPS: the second stage makes that less too. Two inputs float32
    /// <c>[batch, 3, height, width]</c>, 0 to 1, and one output, the mean of which is the distance. Null, as the presets are meant, goes without.
    /// </summary>
    public string? PerceptualNetwork { get; init; }

    /// <summary>Networks that learn to tell reconstructions from real images in the second stage; null, as the presets are meant, goes without.</summary>
    public AdversaryOptions? Adversaries { get; init; }

    /// <summary>Where all chance comes from. The same seed, images, preset and threads give the same model.</summary>
    public int Seed { get; init; }

    /// <summary>Threads that compute; null is one for each core.</summary>
    public int? Threads { get; init; }

    /// <summary>Where steps are computed: the processor, or a GPU where ONNX Runtime's package for it is referenced.</summary>
    public TokenizerDevice Device { get; init; }

    /// <summary>
    /// Parts of a batch that are computed side by side on the processor (see <see cref="Running.StepRunnerOptions.Replicas"/>); must divide the batches of all phases. Null is one for each
    /// thread in the base tokenizer's phase, whose losses that does not change, and 1 in the others.
    /// </summary>
    public int? Replicas { get; init; }

    /// <summary>Longest time between two saved states: what is lost at most when the run is killed.</summary>
    public TimeSpan SaveEvery { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Steps between two sheets of reconstructions.</summary>
    public int SheetEvery { get; init; } = 1000;

    /// <summary>Images on a sheet, each at six budgets and errors.</summary>
    public int SheetImages { get; init; } = 3;

    /// <summary>Receives lines for people: broken images, phases begun and ended.</summary>
    public Action<string>? Report { get; init; }

    /// <summary>Told after every step.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }
}

/// <summary>Where a run stands.</summary>
/// <param name="Phase">"base", "distillation" or "pixels".</param>
/// <param name="Step">Steps done in this phase.</param>
/// <param name="Steps">Steps of this phase.</param>
/// <param name="Losses">The last step's numbers by name.</param>
/// <param name="ImagesPerSecond">Since the phase was begun or taken up.</param>
/// <param name="Remaining">Time to the end of the phase at that speed.</param>
/// <param name="Waiting">Share of the time spent waiting for images, 0 to 1.</param>
public sealed record TrainingProgress(string Phase, int Step, int Steps, IReadOnlyDictionary<string, float> Losses, double ImagesPerSecond, TimeSpan Remaining, double Waiting);
