using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>What a saved probe gives of a row: the index of the class, and the probabilities in pieces.</summary>
internal sealed class PortableScore
{
    public const string IndexColumn = "Karl.ClassIndex";
    public const string ScoreColumn = "Karl.Score.";

    [ColumnName(IndexColumn)]
    public int Index { get; set; }

    [NoColumn]
    public float[]?[] Score { get; } = new float[]?[SizedPieces.Powers];

    [ColumnName(ScoreColumn + "0")]
    [VectorType(1 << 0)]
    public float[]? Score0 { get => Score[0]; set => Score[0] = value; }

    [ColumnName(ScoreColumn + "1")]
    [VectorType(1 << 1)]
    public float[]? Score1 { get => Score[1]; set => Score[1] = value; }

    [ColumnName(ScoreColumn + "2")]
    [VectorType(1 << 2)]
    public float[]? Score2 { get => Score[2]; set => Score[2] = value; }

    [ColumnName(ScoreColumn + "3")]
    [VectorType(1 << 3)]
    public float[]? Score3 { get => Score[3]; set => Score[3] = value; }

    [ColumnName(ScoreColumn + "4")]
    [VectorType(1 << 4)]
    public float[]? Score4 { get => Score[4]; set => Score[4] = value; }

    [ColumnName(ScoreColumn + "5")]
    [VectorType(1 << 5)]
    public float[]? Score5 { get => Score[5]; set => Score[5] = value; }

    [ColumnName(ScoreColumn + "6")]
    [VectorType(1 << 6)]
    public float[]? Score6 { get => Score[6]; set => Score[6] = value; }

    [ColumnName(ScoreColumn + "7")]
    [VectorType(1 << 7)]
    public float[]? Score7 { get => Score[7]; set => Score[7] = value; }

    [ColumnName(ScoreColumn + "8")]
    [VectorType(1 << 8)]
    public float[]? Score8 { get => Score[8]; set => Score[8] = value; }

    [ColumnName(ScoreColumn + "9")]
    [VectorType(1 << 9)]
    public float[]? Score9 { get => Score[9]; set => Score[9] = value; }

    [ColumnName(ScoreColumn + "10")]
    [VectorType(1 << 10)]
    public float[]? Score10 { get => Score[10]; set => Score[10] = value; }

    [ColumnName(ScoreColumn + "11")]
    [VectorType(1 << 11)]
    public float[]? Score11 { get => Score[11]; set => Score[11] = value; }

    [ColumnName(ScoreColumn + "12")]
    [VectorType(1 << 12)]
    public float[]? Score12 { get => Score[12]; set => Score[12] = value; }
}
