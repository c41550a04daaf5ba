using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>What a saved stage gives of an image. Columns of fixed size come in pieces (<see cref="SizedPieces"/>), of which only those that are joined are filled.</summary>
internal sealed class PortableTokens
{
    public const string FeaturesColumn = "Karl.Features.";
    public const string HaltingColumn = "Karl.Halting.";
    public const string LatentsColumn = "Karl.Latents";
    public const string CodesColumn = "Karl.Codes";
    public const string PositionsColumn = "Karl.Positions";
    public const string CountColumn = "Karl.Count";
    public const string BitsColumn = "Karl.Bits";
    public const string NormalizedColumn = "Karl.Normalized";
    public const string ErrorColumn = "Karl.Error";

    [ColumnName(LatentsColumn)]
    public float[]? Latents { get; set; }

    [ColumnName(CodesColumn)]
    public int[]? Codes { get; set; }

    [ColumnName(PositionsColumn)]
    public int[]? Positions { get; set; }

    [ColumnName(CountColumn)]
    public float Count { get; set; }

    [ColumnName(BitsColumn)]
    public float Bits { get; set; }

    [ColumnName(NormalizedColumn)]
    public float Normalized { get; set; }

    [ColumnName(ErrorColumn)]
    public ReadOnlyMemory<char> Error { get; set; }

    [NoColumn]
    public float[]?[] Features { get; } = new float[]?[SizedPieces.Powers];

    [NoColumn]
    public float[]?[] Halting { get; } = new float[]?[SizedPieces.Powers];

    [ColumnName(FeaturesColumn + "0")]
    [VectorType(1 << 0)]
    public float[]? Features0 { get => Features[0]; set => Features[0] = value; }

    [ColumnName(FeaturesColumn + "1")]
    [VectorType(1 << 1)]
    public float[]? Features1 { get => Features[1]; set => Features[1] = value; }

    [ColumnName(FeaturesColumn + "2")]
    [VectorType(1 << 2)]
    public float[]? Features2 { get => Features[2]; set => Features[2] = value; }

    [ColumnName(FeaturesColumn + "3")]
    [VectorType(1 << 3)]
    public float[]? Features3 { get => Features[3]; set => Features[3] = value; }

    [ColumnName(FeaturesColumn + "4")]
    [VectorType(1 << 4)]
    public float[]? Features4 { get => Features[4]; set => Features[4] = value; }

    [ColumnName(FeaturesColumn + "5")]
    [VectorType(1 << 5)]
    public float[]? Features5 { get => Features[5]; set => Features[5] = value; }

    [ColumnName(FeaturesColumn + "6")]
    [VectorType(1 << 6)]
    public float[]? Features6 { get => Features[6]; set => Features[6] = value; }

    [ColumnName(FeaturesColumn + "7")]
    [VectorType(1 << 7)]
    public float[]? Features7 { get => Features[7]; set => Features[7] = value; }

    [ColumnName(FeaturesColumn + "8")]
    [VectorType(1 << 8)]
    public float[]? Features8 { get => Features[8]; set => Features[8] = value; }

    [ColumnName(FeaturesColumn + "9")]
    [VectorType(1 << 9)]
    public float[]? Features9 { get => Features[9]; set => Features[9] = value; }

    [ColumnName(FeaturesColumn + "10")]
    [VectorType(1 << 10)]
    public float[]? Features10 { get => Features[10]; set => Features[10] = value; }

    [ColumnName(FeaturesColumn + "11")]
    [VectorType(1 << 11)]
    public float[]? Features11 { get => Features[11]; set => Features[11] = value; }

    [ColumnName(FeaturesColumn + "12")]
    [VectorType(1 << 12)]
    public float[]? Features12 { get => Features[12]; set => Features[12] = value; }

    [ColumnName(FeaturesColumn + "13")]
    [VectorType(1 << 13)]
    public float[]? Features13 { get => Features[13]; set => Features[13] = value; }

    [ColumnName(FeaturesColumn + "14")]
    [VectorType(1 << 14)]
    public float[]? Features14 { get => Features[14]; set => Features[14] = value; }

    [ColumnName(FeaturesColumn + "15")]
    [VectorType(1 << 15)]
    public float[]? Features15 { get => Features[15]; set => Features[15] = value; }

    [ColumnName(FeaturesColumn + "16")]
    [VectorType(1 << 16)]
    public float[]? Features16 { get => Features[16]; set => Features[16] = value; }

    [ColumnName(HaltingColumn + "0")]
    [VectorType(1 << 0)]
    public float[]? Halting0 { get => Halting[0]; set => Halting[0] = value; }

    [ColumnName(HaltingColumn + "1")]
    [VectorType(1 << 1)]
    public float[]? Halting1 { get => Halting[1]; set => Halting[1] = value; }

    [ColumnName(HaltingColumn + "2")]
    [VectorType(1 << 2)]
    public float[]? Halting2 { get => Halting[2]; set => Halting[2] = value; }

    [ColumnName(HaltingColumn + "3")]
    [VectorType(1 << 3)]
    public float[]? Halting3 { get => Halting[3]; set => Halting[3] = value; }

    [ColumnName(HaltingColumn + "4")]
    [VectorType(1 << 4)]
    public float[]? Halting4 { get => Halting[4]; set => Halting[4] = value; }

    [ColumnName(HaltingColumn + "5")]
    [VectorType(1 << 5)]
    public float[]? Halting5 { get => Halting[5]; set => Halting[5] = value; }

    [ColumnName(HaltingColumn + "6")]
    [VectorType(1 << 6)]
    public float[]? Halting6 { get => Halting[6]; set => Halting[6] = value; }

    [ColumnName(HaltingColumn + "7")]
    [VectorType(1 << 7)]
    public float[]? Halting7 { get => Halting[7]; set => Halting[7] = value; }

    [ColumnName(HaltingColumn + "8")]
    [VectorType(1 << 8)]
    public float[]? Halting8 { get => Halting[8]; set => Halting[8] = value; }

    [ColumnName(HaltingColumn + "9")]
    [VectorType(1 << 9)]
    public float[]? Halting9 { get => Halting[9]; set => Halting[9] = value; }

    [ColumnName(HaltingColumn + "10")]
    [VectorType(1 << 10)]
    public float[]? Halting10 { get => Halting[10]; set => Halting[10] = value; }

    [ColumnName(HaltingColumn + "11")]
    [VectorType(1 << 11)]
    public float[]? Halting11 { get => Halting[11]; set => Halting[11] = value; }

    [ColumnName(HaltingColumn + "12")]
    [VectorType(1 << 12)]
    public float[]? Halting12 { get => Halting[12]; set => Halting[12] = value; }
}
