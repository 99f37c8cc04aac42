using System.Collections;
using System.Reflection;
using System.Reflection.Emit;

namespace BgpSharp.Tests.Architecture;

/// <summary>Every type that a type touches: in its fields, signatures, locals and instructions, nested types included.</summary>
internal static class TypeReferences
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    public static IEnumerable<(Type Type, string Where)> Of(Type type)
    {
        foreach (var field in type.GetFields(All))
        {
            foreach (var part in Parts(field.FieldType))
            {
                yield return (part, field.Name);
            }
        }

        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        {
            foreach (var part in Signature(method).Concat(Body(method)).SelectMany(Parts))
            {
                yield return (part, method.Name);
            }
        }

        foreach (var nested in type.GetNestedTypes(All))
        {
            // The compiler's own code: an iterator remembers the thread that made it.
            var isIterator = nested.IsAssignableTo(typeof(IEnumerator));
            foreach (var reference in Of(nested).Where(reference => !isIterator || reference.Type != typeof(Environment)))
            {
                yield return reference;
            }
        }
    }

    private static IEnumerable<Type> Signature(MethodBase method) =>
        method.GetParameters().Select(parameter => parameter.ParameterType).Append(method is MethodInfo { ReturnType: { } result } ? result : typeof(void));

    private static IEnumerable<Type> Body(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            yield break;
        }

        foreach (var local in body.LocalVariables)
        {
            yield return local.LocalType;
        }

        var code = body.GetILAsByteArray()!;
        for (var position = 0; position < code.Length;)
        {
            var value = code[position] == 0xFE ? (short)((code[position++] << 8) | code[position++]) : code[position++];
            var operand = OpCodesByValue[value].OperandType;
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                foreach (var type in Resolve(method, BitConverter.ToInt32(code, position)))
                {
                    yield return type;
                }
            }

            position += Size(operand, code, position);
        }
    }

    private static IEnumerable<Type> Resolve(MethodBase method, int token)
    {
        var member = method.Module.ResolveMember(
            token, method.DeclaringType!.GetGenericArguments(), method is MethodInfo { IsGenericMethod: true } ? method.GetGenericArguments() : null);
        return member switch
        {
            Type type => [type],
            FieldInfo field => [field.DeclaringType!, field.FieldType],
            MethodInfo called => [called.DeclaringType ?? typeof(void), .. Signature(called), .. called.IsGenericMethod ? called.GetGenericArguments() : []],
            ConstructorInfo made => [made.DeclaringType!, .. Signature(made)],
            _ => [],
        };
    }

    private static int Size(OperandType operand, byte[] code, int position) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, position)),
        _ => 4,
    };

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
        {
            return Parts(type.GetElementType()!);
        }

        return type.IsGenericType ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)] : [type];
    }
}
