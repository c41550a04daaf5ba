namespace Karl.Graphs.Onnx;

/// <summary>Field numbers of the ONNX file format (the public <c>onnx.proto</c>), as far as they are read or written here.</summary>
internal static class OnnxFields
{
    public static class Model
    {
        public const int FileFormat = 1, ProducerName = 2, ProducerVersion = 3, Graph = 7, OperatorSets = 8, Metadata = 14, Functions = 25;
    }

    public static class OperatorSet
    {
        public const int Domain = 1, Version = 2;
    }

    public static class Graph
    {
        public const int Nodes = 1, Name = 2, Initializers = 5, Inputs = 11, Outputs = 12, SparseInitializers = 15;
    }

    public static class Node
    {
        public const int Inputs = 1, Outputs = 2, Name = 3, Operator = 4, Attributes = 5, Domain = 7;
    }

    public static class Attribute
    {
        public const int Name = 1, Number = 2, Integer = 3, Text = 4, Tensor = 5, Subgraph = 6, Numbers = 7, Integers = 8, Subgraphs = 11, Type = 20;
        public const long NumberType = 1, IntegerType = 2, TextType = 3, TensorType = 4, NumbersType = 6, IntegersType = 7;
    }

    public static class Tensor
    {
        public const int Lengths = 1, Type = 2, Segment = 3, Floats = 4, Int32s = 5, Int64s = 7, Name = 8, Raw = 9, Doubles = 10, ExternalData = 13, DataLocation = 14;
    }

    public static class SparseTensor
    {
        public const int Values = 1, Lengths = 3;
    }

    public static class Function
    {
        public const int Nodes = 7;
    }

    public static class ValueInfo
    {
        public const int Name = 1, Type = 2;
        public const int TensorType = 1;
        public const int ElementType = 1, Shape = 2;
        public const int Dimension = 1;
        public const int DimensionValue = 1, DimensionName = 2;
    }

    public static class Entry
    {
        public const int Key = 1, Value = 2;
    }
}
