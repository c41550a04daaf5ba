using System.Collections.Immutable;
using Karl.Tokenizers.Evaluation.Internals;
using Karl.Tokenizers.Metrics;

namespace Karl.Tokenizers.Evaluation;

/// <summary>How a model does on a set of images.</summary>
public sealed class EvaluationReport
{
    internal EvaluationReport(string model, ImmutableArray<EvaluationSetting> settings, ImmutableArray<EvaluatedImage> images, IReadOnlyList<GraphMetric> metrics, Func<int, double?[]> distances)
    {
        Model = model;
        Settings = settings;
        Metrics = [.. metrics.Select(metric => new MetricSource(metric.Name, metric.FileName, metric.Sha256))];
        Images = [.. images.Where(image => image.Problem is null)];
        BrokenCount = images.Length - Images.Length;
        Rows = [.. settings.Select((_, index) => EvaluationRow.Over(settings, index, Images, distances(index)))];
    }

    /// <summary>The model in one line.</summary>
    public string Model { get; }

    /// <summary>What was asked for.</summary>
    public ImmutableArray<EvaluationSetting> Settings { get; }

    /// <summary>Further metrics by which images were compared, and where they come from.</summary>
    public ImmutableArray<MetricSource> Metrics { get; }

    /// <summary>Every image that could be read.</summary>
    public ImmutableArray<EvaluatedImage> Images { get; }

    /// <summary>Images that could not be read and have no part in anything.</summary>
    public int BrokenCount { get; }

    /// <summary>One for each setting, in their order.</summary>
    public ImmutableArray<EvaluationRow> Rows { get; }

    /// <summary>The report as Markdown.</summary>
    public override string ToString() => ReportText.Write(this);
}

/// <summary>A metric that an ONNX graph computes, as reports name it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="File">The name of its file, without the folder.</param>
/// <param name="Sha256">SHA-256 of that file, 64 lower-case hexadecimal digits.</param>
public sealed record MetricSource(string Name, string File, string Sha256);
