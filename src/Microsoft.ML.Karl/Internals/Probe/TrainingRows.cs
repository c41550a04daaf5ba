using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Internals.Probe;

/// <summary>Features and labels of all rows that have both, in memory.</summary>
internal sealed class TrainingRows
{
    private const int RowsOfBlock = 1024;
    private readonly List<float[]> _blocks = [];

    private TrainingRows(int featureCount) => FeatureCount = featureCount;

    public int FeatureCount { get; }

    public int Count => Labels.Count;

    /// <summary>Class of each row, from 0.</summary>
    public List<int> Labels { get; } = [];

    /// <summary>Rows that were left out, for want of a label or of a feature.</summary>
    public int LeftOut { get; private set; }

    public static TrainingRows Read(IDataView data, DataViewSchema.Column label, DataViewSchema.Column features, Action throwIfCancelled)
    {
        TrainingRows rows = new(((VectorDataViewType)features.Type).Size);
        using DataViewRowCursor cursor = data.GetRowCursor([label, features]);
        ValueGetter<uint> getLabel = cursor.GetGetter<uint>(label);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(features);
        uint key = 0;
        VBuffer<float> values = default;
        while (cursor.MoveNext())
        {
            throwIfCancelled();
            getLabel(ref key);
            getFeatures(ref values);
            rows.Add(key, values);
        }

        return rows;
    }

    public Span<float> Row(int index) => _blocks[index / RowsOfBlock].AsSpan(index % RowsOfBlock * FeatureCount, FeatureCount);

    private void Add(uint key, in VBuffer<float> values)
    {
        if (Labels.Count / RowsOfBlock == _blocks.Count)
        {
            _blocks.Add(new float[RowsOfBlock * FeatureCount]);
        }

        Span<float> row = _blocks[Labels.Count / RowsOfBlock].AsSpan(Labels.Count % RowsOfBlock * FeatureCount, FeatureCount);
        values.CopyTo(row);
        bool isWhole = key != 0;
        foreach (float value in row)
        {
            isWhole &= float.IsFinite(value);
        }

        if (isWhole)
        {
            Labels.Add((int)key - 1);
        }
        else
        {
            LeftOut++;
        }
    }
}
