using System.Collections.Immutable;
using Karl.Tokenizers.Evaluation.Internals;

namespace Karl.Tokenizers.Evaluation;

/// <summary>How a model does on a set of images.</summary>
public sealed class EvaluationReport
{
    internal EvaluationReport(string model, ImmutableArray<EvaluationSetting> settings, ImmutableArray<EvaluatedImage> images)
    {
        Model = model;
        Settings = settings;
        Images = [.. images.Where(image => image.Problem is null)];
        BrokenCount = images.Length - Images.Length;
        Rows = [.. settings.Select((_, index) => EvaluationRow.Over(settings, index, Images))];
    }

    /// <summary>The model in one line.</summary>
    public string Model { get; }

    /// <summary>What was asked for.</summary>
    public ImmutableArray<EvaluationSetting> Settings { get; }

    /// <summary>Every image that could be read.</summary>
    public ImmutableArray<EvaluatedImage> Images { get; }

    /// <summary>Images that could not be read and have no part in anything.</summary>
    public int BrokenCount { get; }

    /// <summary>One for each setting, in their order.</summary>
    public ImmutableArray<EvaluationRow> Rows { get; }

    /// <summary>The report as Markdown.</summary>
    public override string ToString() => ReportText.Write(this);
}
