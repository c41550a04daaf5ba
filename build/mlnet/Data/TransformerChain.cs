using System.Collections;

namespace Microsoft.ML.Data;

/// <summary>Transformers one after the other.</summary>
public sealed class TransformerChain<TLastTransformer> : ITransformer, IEnumerable<ITransformer>, IDisposable
    where TLastTransformer : class, ITransformer
{
    private readonly ITransformer[] _members;

    /// <summary>A chain of these.</summary>
    public TransformerChain(params ITransformer[] transformers)
    {
        ArgumentNullException.ThrowIfNull(transformers);
        _members = transformers;
    }

    bool ITransformer.IsRowToRowMapper => Array.TrueForAll(_members, member => member.IsRowToRowMapper);

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _members.Aggregate(inputSchema, (schema, member) => member.GetOutputSchema(schema));

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => _members.Aggregate(input, (view, member) => member.Transform(view));

    /// <inheritdoc/>
    public IEnumerator<ITransformer> GetEnumerator() => ((IEnumerable<ITransformer>)_members).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ITransformer member in _members)
        {
            (member as IDisposable)?.Dispose();
        }
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        List<IRowToRowMapper> mappers = [];
        foreach (ITransformer member in _members)
        {
            mappers.Add(member.GetRowToRowMapper(mappers.Count == 0 ? inputSchema : mappers[^1].OutputSchema));
        }

        return new Mapper(inputSchema, mappers);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException("The double of ML.NET does not save.");

    private sealed class Mapper(DataViewSchema input, List<IRowToRowMapper> mappers) : IRowToRowMapper
    {
        public DataViewSchema InputSchema => input;

        public DataViewSchema OutputSchema => mappers.Count == 0 ? input : mappers[^1].OutputSchema;

        public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => Asked(dependingColumns)[0];

        public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
        {
            DataViewSchema.Column[][] asked = Asked(activeColumns);
            for (int index = 0; index < mappers.Count; index++)
            {
                input = mappers[index].GetRow(input, asked[index + 1]);
            }

            return input;
        }

        /// <summary>Columns that are asked of the input, and of each mapper after it.</summary>
        private DataViewSchema.Column[][] Asked(IEnumerable<DataViewSchema.Column> columns)
        {
            DataViewSchema.Column[][] asked = new DataViewSchema.Column[mappers.Count + 1][];
            asked[^1] = [.. columns];
            for (int index = mappers.Count - 1; index >= 0; index--)
            {
                asked[index] = [.. mappers[index].GetDependencies(asked[index + 1])];
            }

            return asked;
        }
    }
}
