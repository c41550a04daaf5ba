using Karl.Training.Runs;

namespace Karl.Experiments;

/// <summary>How the scaling study trains its models.</summary>
public sealed record ScalingOptions
{
    /// <summary>Files, folders and patterns of images to train on.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>Where models and the states of their training go.</summary>
    public required string Folder { get; init; }

    /// <summary>What is varied: its transformers, codebook and phases.</summary>
    public TrainingPreset Preset { get; init; } = TrainingPreset.Get("small-64");

    /// <summary>Steps of the longest phase, the others in proportion; null is the preset's. Fewer make worse models, all alike.</summary>
    public int? Steps { get; init; }

    /// <summary>Where all models take their base tokenizer from, as in <see cref="TrainingOptions.Base"/>; null trains one with the first model, and the others take that.</summary>
    public string? Base { get; init; }

    /// <summary>Where all chance of the training comes from.</summary>
    public int Seed { get; init; }

    /// <summary>Threads that compute; null is one for each core.</summary>
    public int? Threads { get; init; }

    /// <summary>Told after every step, with the model's name.</summary>
    public Action<string, TrainingProgress>? Progress { get; init; }
}
