using System.Collections.Immutable;
using Karl.Tokenizers.Metrics;

namespace Karl.Experiments;

/// <summary>What all experiments are told.</summary>
public sealed record ExperimentOptions
{
    /// <summary>The models that are compared, at least one, with names of their own.</summary>
    public required IReadOnlyList<ExperimentModel> Models { get; init; }

    /// <summary>Image files; enumerated once for each model.</summary>
    public required IEnumerable<string> Images { get; init; }

    /// <summary>Numbers of tokens that images get; null is an eighth, a quarter, half and all of each model's default.</summary>
    public ImmutableArray<int>? Budgets { get; init; }

    /// <summary>Errors that are asked for; null is 0.6, 1, 1.4 and 1.8 times each model's default.</summary>
    public ImmutableArray<float>? Epsilons { get; init; }

    /// <summary>Further metrics; not disposed.</summary>
    public IReadOnlyList<GraphMetric> Metrics { get; init; } = [];

    /// <summary>Where all chance comes from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Hears of each image of each model when it is done.</summary>
    public Action? Progress { get; init; }

    /// <summary>Receives lines for people: broken images, and what is left out.</summary>
    public Action<string>? Report { get; init; }

    internal void Validate()
    {
        if (Models.Count == 0 || Models.Select(model => model.Name).Distinct(StringComparer.Ordinal).Count() != Models.Count)
        {
            throw new ArgumentException($"The models are [{string.Join(", ", Models.Select(model => model.Name))}]; at least one, each with a name of its own, was expected.");
        }
    }
}
