using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>What a saved stage gives of how strange an image is.</summary>
internal sealed class PortableAnomaly
{
    public const string ScoreColumn = "Karl.AnomalyScore";
    public const string PValueColumn = "Karl.AnomalyPValue";
    public const string IsAnomalousColumn = "Karl.IsAnomalous";
    public const string ErrorColumn = "Karl.Error";

    [ColumnName(ScoreColumn)]
    public float Score { get; set; }

    [ColumnName(PValueColumn)]
    public float PValue { get; set; }

    [ColumnName(IsAnomalousColumn)]
    public bool IsAnomalous { get; set; }

    [ColumnName(ErrorColumn)]
    public ReadOnlyMemory<char> Error { get; set; }
}
